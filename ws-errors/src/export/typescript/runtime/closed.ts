// The body of `closed`, between the two marks. `$Union` stands for the union of the catalog's closes.
function closed(code: number, reason: string, last?: $Error): $Union {
  // --- body
  const after = last && { after: last };
  let best = "$unknown";
  let most = 0;
  const all = closes();
  const declared = all.some(([, own]) => own === code);
  // What no server can send is not one of the codes that a field gives.
  const wanted =
    declared || [1005, 1006, 1015].includes(code) ? code : undefined;
  for (const [kind, own, said] of all) {
    if (own !== wanted) continue;
    // The reason tells entries of one code apart; so does the message before a close.
    let score = said === undefined || said === "" ? 2 : said === reason ? 4 : 1;
    if (typeof said === "function") score = said(reason) ? 3 : 1;
    if (last?.kind === kind) score += 0.5;
    if (score === 1 && all.some((row) => row[1] === own && row[0] !== kind))
      continue;
    if (score <= most) continue;
    best = kind;
    most = score;
  }
  return { kind: best, code, reason, ...after } as $Union;
  // --- end
}
