//! The peer's answer to our close, in a stream that can't be read as messages any more.

/// The longest close frame of a client: header, mask, and 125 bytes.
const LONGEST: usize = 2 + 4 + 125;

/// The last bytes that came: a close frame is the last thing that a peer sends.
///
/// Where messages begin is not known, after a message that was too large, say. So a frame counts as
/// the answer where it ends the input, and carries the code that we sent; or where it is all that came.
#[derive(Debug)]
pub(super) struct Tail {
    bytes: [u8; LONGEST],
    length: usize,
    total: u64,
}

impl Tail {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; LONGEST], length: 0, total: 0 }
    }

    pub(super) fn push(&mut self, read: &[u8]) {
        self.total += read.len() as u64;
        let read = &read[read.len().saturating_sub(LONGEST)..];
        let kept = self.length.min(LONGEST - read.len());
        self.bytes.copy_within(self.length - kept..self.length, 0);
        self.bytes[kept..kept + read.len()].copy_from_slice(read);
        self.length = kept + read.len();
    }

    /// Whether it ends with the answer to a close with this code.
    pub(super) fn is_answer(&self, sent: Option<u16>) -> bool {
        self.closes(true)
            .any(|(length, code)| self.total == length as u64 || code.is_some() && code == sent)
    }

    /// Whether it ends with the answer to the close that the other direction ends with: then both have
    /// closed, whoever began.
    pub(super) fn answers(&self, written: &Self) -> bool {
        self.closes(true).any(|(_, code)| written.closes(false).any(|(_, sent)| sent == code))
    }

    /// The code of the close frame that it ends with: one of ours.
    pub(super) fn sent(&self) -> Option<u16> {
        self.closes(false).find_map(|(_, code)| code)
    }

    /// The close frames that it could end with: how long, and with which code.
    fn closes(&self, is_masked: bool) -> impl Iterator<Item = (usize, Option<u16>)> {
        let header = if is_masked { 2 + 4 } else { 2 };
        // A code has two bytes, so there is none of one.
        [0].into_iter().chain(2..=125).filter_map(move |payload| {
            let length = header + payload;
            let frame = &self.bytes[self.length.checked_sub(length)?..self.length];
            let second = if is_masked { 0x80 } else { 0 } | payload;
            if frame[0] != 0x88 || usize::from(frame[1]) != second {
                return None;
            }
            let code = match (is_masked, &frame[2..]) {
                (true, [a, b, _, _, c, d, ..]) => Some(u16::from_be_bytes([a ^ c, b ^ d])),
                (false, [c, d, ..]) => Some(u16::from_be_bytes([*c, *d])),
                _ => None,
            };
            Some((length, code))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(code: u16, reason: &str) -> Vec<u8> {
        let mask = [0x37, 0xfa, 0x21, 0x3d];
        let payload: Vec<u8> = code.to_be_bytes().into_iter().chain(reason.bytes()).collect();
        let mut frame = vec![0x88, 0x80 | payload.len() as u8];
        frame.extend(mask);
        frame.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        frame
    }

    fn tail(read: &[&[u8]]) -> Tail {
        let mut tail = Tail::new();
        read.iter().for_each(|read| tail.push(read));
        tail
    }

    #[test]
    fn a_close_frame_with_our_code_is_the_answer_wherever_it_begins() {
        let longest = "r".repeat(123);
        for reason in ["", "expired", &longest] {
            let frame = close(4003, reason);
            for cut in 0..=frame.len() {
                for before in [&[][..], &[0x88; 3], &[7; 500]] {
                    let tail = tail(&[before, &frame[..cut], &frame[cut..]]);
                    assert!(tail.is_answer(Some(4003)), "{} {cut} {reason}", before.len());
                }
            }
        }
    }

    #[test]
    fn any_close_frame_is_the_answer_where_it_is_all_that_came() {
        let bare = [0x88, 0x80, 1, 2, 3, 4];
        assert!(tail(&[&bare]).is_answer(Some(4003)));
        assert!(tail(&[&bare[..3], &bare[3..]]).is_answer(None));
        assert!(tail(&[&close(1000, "")]).is_answer(Some(4003)));
        assert!(!tail(&[b"x", &bare]).is_answer(None));
        assert!(!tail(&[b"x", &close(1000, "")]).is_answer(Some(4003)));
    }

    #[test]
    fn two_close_frames_of_one_code_are_the_end_whoever_began() {
        let ours = [&b"text"[..], &[0x88, 9, 0x0f, 0xa3], b"expired"].concat();
        let theirs = [&[9; 40][..], &close(4003, "")].concat();
        assert_eq!(tail(&[&ours]).sent(), Some(4003));
        assert!(tail(&[&theirs]).answers(&tail(&[&ours])));
        assert!(!tail(&[&close(1000, "")]).answers(&tail(&[&ours])));
        assert!(!tail(&[&theirs, b"x"]).answers(&tail(&[&ours])));
        assert!(!tail(&[&theirs]).answers(&tail(&[&ours, b"x"])));
        let bare = [0x88, 0x80, 1, 2, 3, 4];
        assert!(tail(&[b"x", &bare]).answers(&tail(&[b"y", &[0x88, 0]])));
        assert!(!tail(&[b"x", &bare]).answers(&tail(&[&ours])));
    }

    #[test]
    fn what_goes_on_after_it_or_is_none_is_no_answer() {
        let frame = close(4003, "expired");
        assert!(!tail(&[]).is_answer(Some(4003)));
        assert!(!tail(&[&frame, b"x"]).is_answer(Some(4003)));
        assert!(!tail(&[&frame[..frame.len() - 1]]).is_answer(Some(4003)));
        assert!(!tail(&[&[0x88, 0x81, 1, 2, 3, 4, 5]]).is_answer(None));
        assert!(!tail(&[&[0x8a, 0x80, 1, 2, 3, 4]]).is_answer(None));
    }
}
