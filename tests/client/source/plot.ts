// The storm as a picture: how many clients are back, over time.

import type { Outcome } from "./storm.js";

const WIDTH = 720;
const HEIGHT = 360;
const LEFT = 48;
const BOTTOM = 40;
const TOP = 16;
/** What the horizontal axis shows, in seconds. */
const SPAN = 240;
const COLOURS = [
  "#0b6e4f",
  "#08519c",
  "#6a3d9a",
  "#b15928",
  "#d7301f",
  "#636363",
];

const x = (second: number): number =>
  LEFT + (second / SPAN) * (WIDTH - LEFT - 16);
const y = (part: number): number => TOP + (1 - part) * (HEIGHT - TOP - BOTTOM);

function line(curve: readonly number[], clients: number): string {
  const points = curve
    .slice(0, SPAN + 1)
    .map(
      (back, second) =>
        `${x(second).toFixed(1)},${y(back / clients).toFixed(1)}`,
    );
  const last = points.length - 1;
  // Who is back stays back.
  if (last < SPAN)
    points.push(
      `${x(SPAN).toFixed(1)},${y((curve.at(-1) ?? 0) / clients).toFixed(1)}`,
    );
  return points.join(" ");
}

/** An SVG of the outcomes where a refusal costs a quarter of an accept, by the policies' names. */
export function plot(
  outcomes: ReadonlyMap<string, Outcome>,
  clients: number,
): string {
  const out: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${clients} clients lose their server at once; it takes 2,000 a second, and a refusal costs a quarter of an accept</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
  ];
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    const at = y(part).toFixed(1);
    out.push(
      `<line x1="${LEFT}" x2="${x(SPAN).toFixed(1)}" y1="${at}" y2="${at}" stroke="#dddddd"/>`,
      `<text x="${LEFT - 6}" y="${(y(part) + 4).toFixed(1)}" text-anchor="end" fill="#333333">${part * 100} %</text>`,
    );
  }
  for (let second = 0; second <= SPAN; second += 30)
    out.push(
      `<text x="${x(second).toFixed(1)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#333333">${second} s</text>`,
    );
  let index = 0;
  for (const [name, { curve }] of outcomes) {
    const colour = COLOURS[index % COLOURS.length] ?? "#000000";
    const top = Math.round(y(0.45)) - 16 * (outcomes.size - 1 - index);
    const left = WIDTH - 280;
    out.push(
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${line(curve, clients)}"/>`,
      `<line x1="${left}" x2="${left + 22}" y1="${top - 4}" y2="${top - 4}" stroke="${colour}" stroke-width="2"/>`,
      `<text x="${left + 28}" y="${top}" fill="#333333">${name}</text>`,
    );
    index++;
  }
  out.push("</svg>");
  return `${out.join("\n")}\n`;
}
