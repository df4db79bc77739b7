/** The page's style: nothing from elsewhere; light and dark; 360 px and wider; paper. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f6f7f9; --sheet: #ffffff; --ink: #16202b; --quiet: #536170; --line: #dce1e7; --accent: #0b5f66; --tint: #e3f1f1;
  --said: #cfe6e6; --said-ink: #0a4a50; --wait: #eef1f4; --key: #3d3a8c; --key-ink: #ffffff; --turn: #e8ebef;
  --code: #fbe7c2; --code-ink: #6a4200; --good: #17683a; --good-tint: #def2e5; --bad: #a3231b; --bad-tint: #fce8e6;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #10161c; --sheet: #182028; --ink: #e6ebf0; --quiet: #9fadba; --line: #2b3641; --accent: #6fd0d2; --tint: #17353a;
    --said: #1d4a4f; --said-ink: #c9f0f0; --wait: #212b35; --key: #b9b6ff; --key-ink: #17153f; --turn: #2a3541;
    --code: #4d3a12; --code-ink: #ffdf9e; --good: #7fd6a0; --good-tint: #15351f; --bad: #ff9c92; --bad-tint: #421a17;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif;
}
[hidden] { display: none !important; }
header, main { max-width: 80rem; margin-inline: auto; padding-inline: clamp(0.75rem, 3vw, 2rem); }
header { padding-block: clamp(1.5rem, 4vw, 2.75rem) 1.25rem; }
h1 { margin: 0; font-size: clamp(1.5rem, 1.1rem + 2vw, 2.2rem); line-height: 1.15; letter-spacing: -0.02em; }
h2 { margin: 0 0 0.75rem; font-size: 1.15rem; line-height: 1.3; }
h3, h4, h5 { margin: 0; font-size: 1rem; line-height: 1.35; }
h5 { margin-bottom: 0.5rem; font-size: 0.9rem; color: var(--quiet); }
p, dl, dd { margin: 0; }
ul, ol { margin: 0; padding: 0; list-style: none; }
a { color: var(--accent); text-underline-offset: 0.15em; }
code, pre, kbd { font-family: var(--mono); font-size: 0.9em; }
.brand { margin-bottom: 0.25rem; font-size: 0.85rem; font-weight: 600; color: var(--accent); }
.lead { max-width: 44rem; margin-top: 0.5rem; color: var(--quiet); }
.share { display: block; width: 100%; max-width: 44rem; height: 8px; margin-top: 1rem; border-radius: 4px; background: var(--line); }
.share .of-passed { fill: var(--good); }
.share .of-failed { fill: var(--bad); }
.quiet { color: var(--quiet); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; padding-bottom: 4rem; }
main > section { min-width: 0; padding: clamp(0.75rem, 2.5vw, 1.5rem); background: var(--sheet); border: 1px solid var(--line); border-radius: 0.75rem; }

.filter { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; margin-bottom: 0.75rem; }
.filter label { display: flex; white-space: nowrap; gap: 0.5rem; align-items: center; min-height: 2.25rem; }
.filter input[type='search'] { width: 100%; min-width: 0; max-width: 20rem; min-height: 2.25rem; padding: 0 0.6rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 0.4rem; }
.filter input[type='checkbox'] { width: 1.1rem; height: 1.1rem; accent-color: var(--accent); }
#found { color: var(--quiet); font-size: 0.9rem; }
.notice { margin-bottom: 0.75rem; padding: 0.5rem 0.75rem; background: var(--code); color: var(--code-ink); border-radius: 0.4rem; }

.outcome { flex: none; width: 5.4rem; padding: 0.05rem 0.5rem; font-size: 0.85rem; font-weight: 600; border-radius: 0.3rem; text-align: center; }
.passed { color: var(--good); background: var(--good-tint); }
.failed { color: var(--bad); background: var(--bad-tint); }
.skipped { color: var(--quiet); background: var(--wait); }
.place { font-family: var(--mono); font-size: 0.82rem; }
.list { max-height: 32rem; overflow: auto; }
.list li { display: grid; grid-template-columns: 5.4rem minmax(0, 1fr) auto 8.5rem; gap: 0.1rem 0.9rem; align-items: baseline; padding: 0.35rem 0.25rem; border-top: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 2.3rem; }
.list li:first-child { border-top: 0; }
.list .took { font-size: 0.85rem; text-align: right; font-variant-numeric: tabular-nums; }

.scenario { border-top: 1px solid var(--line); }
.scenario:first-of-type { border-top: 0; }
.scenario > summary { display: flex; flex-wrap: wrap; gap: 0.25rem 0.9rem; align-items: baseline; padding: 0.6rem 0.25rem; cursor: pointer; list-style: none; }
.scenario > summary::-webkit-details-marker { display: none; }
.scenario > summary::before { content: '▸'; flex: none; width: 0.9rem; color: var(--quiet); }
.scenario[open] > summary::before { content: '▾'; }
.scenario > summary h3 { flex: 1 1 14rem; min-width: 0; }
.scenario > summary:hover h3 { text-decoration: underline; }
.inside { padding-bottom: 1.25rem; }
.failure { display: grid; gap: 0.35rem; margin-bottom: 1rem; padding: 0.75rem 1rem; background: var(--bad-tint); border-left: 4px solid var(--bad); border-radius: 0.3rem; }
.failure div { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: 0.75rem; }
.failure dt { font-weight: 600; color: var(--bad); }
.failure .quiet { font-family: var(--mono); font-size: 0.82rem; color: inherit; }

.call + .call { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px dashed var(--line); }
.counters { display: flex; flex-wrap: wrap; gap: 0.35rem 1.5rem; margin-block: 0.35rem 0.75rem; }
.counters div { display: flex; gap: 0.4rem; }
.counters dt { color: var(--quiet); }
.counters dd { font-weight: 600; font-variant-numeric: tabular-nums; }
.timeline { display: flex; margin-bottom: 1rem; padding: 0.5rem 0 0.25rem 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; }
.timeline svg { display: block; font-size: 12px; }
.timeline text { fill: currentColor; }
.lanes { flex: none; color: var(--quiet); font-weight: 600; }
.scroll { flex: 1; min-width: 0; overflow-x: auto; padding-right: 0.5rem; scrollbar-width: thin; }
.time { min-width: 100%; }
.tick { stroke: var(--line); stroke-width: 1; }
.tick-label { fill: var(--quiet) !important; font-size: 11px; font-variant-numeric: tabular-nums; }
.bar rect { fill: var(--said); stroke: var(--sheet); stroke-width: 1; }
.bar text { fill: var(--said-ink); font-family: var(--mono); font-size: 11.5px; }
.bar.cut rect { stroke: var(--bad); stroke-dasharray: 3 2; }
.bar.listens rect, .bar.paused rect { fill: var(--wait); }
.bar.unanswered rect { fill: var(--wait); stroke: var(--quiet); stroke-dasharray: 3 3; }
.bar.unanswered text { fill: var(--quiet); font-family: inherit; }
.mark rect { fill: var(--turn); }
.mark.keys rect, .mark.words rect { fill: var(--key); }
.mark.keys text, .mark.words text { fill: var(--key-ink); font-weight: 600; }
.mark.keys text { font-family: var(--mono); }
.mark.arrived rect { fill: var(--code); }
.mark.arrived text { fill: var(--code-ink); }
.mark.bad rect { fill: var(--bad-tint); stroke: var(--bad); }
.mark.bad text { fill: var(--bad); font-weight: 600; }
.mark.end rect, .mark.note rect { fill: var(--sheet); stroke: var(--quiet); }

.columns { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; gap: 1.5rem; align-items: start; }
.transcript li { display: grid; grid-template-columns: 4rem 4.6rem minmax(0, 1fr); gap: 0 0.75rem; padding-block: 0.3rem; }
.transcript .at { color: var(--quiet); font-variant-numeric: tabular-nums; text-align: right; }
.transcript .who { font-size: 0.85rem; line-height: 1.5rem; font-weight: 600; color: var(--quiet); }
.transcript .by-line .who { color: var(--accent); }
.transcript .by-caller .who { color: var(--key); }
.transcript .by-turn { margin-top: 0.35rem; border-top: 1px solid var(--line); }
.transcript .by-turn:first-child { margin-top: 0; border-top: 0; }
.transcript .by-bad { background: var(--bad-tint); border-radius: 0.3rem; }
.transcript .by-bad .who { color: var(--bad); }
.prompt { font-family: var(--mono); font-size: 0.85rem; font-weight: 600; color: var(--accent); }
.cut { padding: 0 0.4rem; font-size: 0.82rem; color: var(--bad); background: var(--bad-tint); border-radius: 0.3rem; }
.brought { padding: 0 0.4rem; font-size: 0.9rem; background: var(--turn); border-radius: 0.3rem; }
.keys { position: relative; }
kbd { display: inline-block; min-width: 1.5rem; margin-right: 0.2rem; padding: 0 0.3rem; text-align: center; font-weight: 600; color: var(--key-ink); background: var(--key); border-radius: 0.3rem; }
.step { display: inline-block; font-family: var(--mono); font-size: 0.82rem; margin-right: 0.6rem; color: var(--good); }
.by-bad .step { color: var(--bad); font-weight: 600; }
.twiml summary { width: fit-content; font-size: 0.85rem; color: var(--quiet); cursor: pointer; }
pre { margin: 0.35rem 0; padding: 0.6rem 0.75rem; overflow-x: auto; font-size: 0.8rem; line-height: 1.45; background: var(--paper); border: 1px solid var(--line); border-radius: 0.4rem; white-space: pre; overflow-wrap: normal; }
.path { margin-bottom: 0.5rem; padding-left: 0.75rem; border-left: 2px solid var(--line); }
.path li { padding-block: 0.1rem; }
.block { font-family: var(--mono); font-size: 0.85rem; font-weight: 600; }
.path .took { font-family: var(--mono); font-size: 0.85rem; color: var(--quiet); }
.callflow { display: block; margin-top: 0.3rem; font-size: 0.82rem; font-weight: 600; color: var(--accent); }

@media (max-width: 56rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .list li { grid-template-columns: 5.4rem minmax(0, 1fr); }
  .list .place, .list .took { grid-column: 2; text-align: left; }
}
@media (max-width: 40rem) {
  .transcript li { grid-template-columns: auto minmax(0, 1fr); gap: 0 0.6rem; }
  .transcript .at { text-align: left; }
  .transcript .what { grid-column: 1 / -1; }
  .failure div { grid-template-columns: minmax(0, 1fr); gap: 0; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .filter { display: none; }
  .list { max-height: none; }
  .scroll { overflow: hidden; }
  .time[viewBox] { width: 100%; height: auto; }
  .timeline { padding-left: 0; }
  .timeline .lanes { display: none; }
  .transcript li, .timeline, .failure { break-inside: avoid; }
}
`;
