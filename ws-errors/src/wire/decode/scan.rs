//! What several forms allow in each place of a message, put together for the first step.

use ws_errors_core::json::{Json as Constant, Kinds};
use ws_errors_core::reading::{MemberPattern, Pattern};

/// A set of forms, one bit for each.
pub(super) type Forms = u64;

/// How many forms a scan can tell apart.
pub(super) const FORMS: usize = Forms::BITS as usize;

/// What forms allow in one place of a message.
#[derive(Debug)]
pub(super) struct Scan {
    /// The forms that allow a value of a type, in the order of [`Kinds::EACH`].
    pub(super) allowed: [Forms; 6],
    /// The forms that want a constant.
    pub(super) constant: Forms,
    /// The constants, each with the forms that want it.
    pub(super) constants: Vec<(Constant, Forms)>,
    pub(super) members: Vec<ScanMember>,
    /// The forms that want an array, and no more elements than they have.
    pub(super) arrays: Forms,
    pub(super) elements: Vec<ScanElement>,
}

#[derive(Debug)]
pub(super) struct ScanMember {
    pub(super) key: String,
    pub(super) required: Forms,
    pub(super) place: Scan,
}

#[derive(Debug)]
pub(super) struct ScanElement {
    pub(super) present: Forms,
    pub(super) required: Forms,
    pub(super) place: Scan,
}

/// Where a text stands in a message. Values tell errors from traffic better than keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Key,
    Value,
}

impl Default for Scan {
    fn default() -> Self {
        Self {
            allowed: [Forms::MAX; 6],
            constant: 0,
            constants: Vec::new(),
            members: Vec::new(),
            arrays: 0,
            elements: Vec::new(),
        }
    }
}

impl Scan {
    /// Adds what a form wants. Without a call a form allows everything.
    pub(super) fn require(&mut self, form: Forms, pattern: &Pattern) {
        self.allow(form, pattern.kinds());
        match pattern {
            Pattern::Constant(constant) => self.require_one_of(form, &[constant]),
            Pattern::OneOf(patterns) => {
                let constants = patterns.iter().map(|pattern| match pattern {
                    Pattern::Constant(constant) => Some(constant),
                    _ => None,
                });
                if let Some(constants) = constants.collect::<Option<Vec<_>>>() {
                    self.require_one_of(form, &constants);
                }
            }
            Pattern::Both(one, _) => self.require(form, one),
            Pattern::Object(members) => {
                members.iter().for_each(|member| self.require_member(form, member));
            }
            Pattern::Array(elements) => {
                // Where a list is spliced in, there may be any number of elements.
                let fixed = elements.iter().position(|element| element.spliced);
                if fixed.is_none() {
                    self.arrays |= form;
                }
                let fixed = fixed.unwrap_or(elements.len());
                for (index, element) in elements.iter().take(fixed).enumerate() {
                    if self.elements.len() <= index {
                        self.elements.push(ScanElement {
                            present: 0,
                            required: 0,
                            place: Self::default(),
                        });
                    }
                    let Some(place) = self.elements.get_mut(index) else { continue };
                    place.present |= form;
                    // One that is optional may hold null in its place.
                    if !element.optional {
                        place.required |= form;
                        place.place.require(form, &element.value);
                    }
                }
            }
            _ => {}
        }
    }

    fn require_one_of(&mut self, form: Forms, constants: &[&Constant]) {
        // What an array or an object holds is looked at in the second step.
        if !constants.iter().all(|constant| constant.is_scalar()) {
            return;
        }
        self.constant |= form;
        for constant in constants {
            match self.constants.iter_mut().find(|(other, _)| other == *constant) {
                Some((_, forms)) => *forms |= form,
                None => self.constants.push(((*constant).clone(), form)),
            }
        }
    }

    fn require_member(&mut self, form: Forms, member: &MemberPattern) {
        // One that is optional may be null.
        if member.optional {
            return;
        }
        let index = match self.members.iter().position(|place| place.key == member.key) {
            Some(index) => index,
            None => {
                self.members.push(ScanMember {
                    key: member.key.clone(),
                    required: 0,
                    place: Self::default(),
                });
                self.members.len() - 1
            }
        };
        if let Some(place) = self.members.get_mut(index) {
            place.place.require(form, &member.value);
            place.required |= form;
        }
    }

    fn allow(&mut self, form: Forms, kinds: Kinds) {
        for (allowed, kind) in self.allowed.iter_mut().zip(Kinds::EACH) {
            if !kinds.has(kind) {
                *allowed &= !form;
            }
        }
    }

    /// The texts that every message of these forms has, as keys and as values.
    pub(super) fn texts<'s>(&'s self, forms: Forms, found: &mut Vec<(Place, &'s str)>) {
        let is_of_all = |of: Forms| of & forms == forms;
        for member in self.members.iter().filter(|member| is_of_all(member.required)) {
            found.push((Place::Key, &member.key));
            member.place.texts(forms, found);
        }
        for element in self.elements.iter().filter(|element| is_of_all(element.required)) {
            element.place.texts(forms, found);
        }
        let mut constants = self.constants.iter().filter(|(_, of)| of & forms != 0);
        if let (Some((Constant::String(text), of)), None) = (constants.next(), constants.next())
            && is_of_all(*of)
        {
            found.push((Place::Value, text));
        }
    }

    pub(super) fn of_kind(&self, kind: Kinds) -> Forms {
        let allowed = self.allowed.iter().zip(Kinds::EACH);
        allowed.filter(|(_, other)| *other == kind).fold(0, |_, (forms, _)| *forms)
    }

    pub(super) fn of_constant(&self, is_same: impl Fn(&Constant) -> bool) -> Forms {
        let same = self.constants.iter().filter(|(constant, _)| is_same(constant));
        same.fold(!self.constant, |forms, (_, same)| forms | same)
    }
}
