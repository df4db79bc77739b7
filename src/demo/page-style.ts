/** The page's style: no font, picture or file from elsewhere; light and dark; 360 px and wider. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f6f7f9; --sheet: #ffffff; --ink: #16202b; --quiet: #536170; --line: #dce1e7; --accent: #0b5f66; --tint: #e3f1f1;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #10161c; --sheet: #182028; --ink: #e6ebf0; --quiet: #9fadba; --line: #2b3641; --accent: #6fd0d2; --tint: #17353a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif;
  overflow-wrap: anywhere;
}
header, main { max-width: 72rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
header { padding-block: clamp(1.75rem, 5vw, 3.5rem) 1.5rem; }
h1 { margin: 0; font-size: clamp(1.6rem, 1.2rem + 2vw, 2.4rem); line-height: 1.15; letter-spacing: -0.02em; }
h2 { margin: 0 0 0.75rem; font-size: 1.15rem; line-height: 1.3; }
p { margin: 0; }
p + p { margin-top: 0.75rem; }
ul { margin: 0; padding: 0; list-style: none; }
code { font-family: var(--mono); font-size: 0.92em; }
.lead { max-width: 38rem; margin-top: 0.5rem; color: var(--quiet); }
.quiet { color: var(--quiet); }
main { display: grid; gap: 1.25rem; padding-bottom: 4rem; }
section { min-width: 0; padding: clamp(1rem, 3vw, 1.5rem); background: var(--sheet); border: 1px solid var(--line); border-radius: 0.75rem; }
@media (min-width: 60rem) {
  main { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; }
  .wide { grid-column: 1 / -1; }
}

.command { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; margin-block: 0.75rem; padding: 0.75rem 0.75rem 0.75rem 1rem; background: var(--tint); border-radius: 0.5rem; }
.command code { flex: 1 1 16rem; min-width: 0; font-size: clamp(0.85rem, 3.9vw, 1rem); }
button { flex: none; min-height: 2.5rem; min-width: 5.25rem; padding: 0 0.9rem; font: inherit; font-size: 0.9rem; font-weight: 600; color: var(--sheet); background: var(--accent); border: 0; border-radius: 0.4rem; cursor: pointer; }
a { color: var(--accent); }
.fields { max-width: 22rem; margin-bottom: 1rem; }
.fields label { display: block; margin-bottom: 0.3rem; font-weight: 600; }
.fields input { width: 100%; min-height: 2.75rem; padding: 0 0.75rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 0.4rem; }
.fields button { min-height: 2.75rem; width: 100%; font-size: 1rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }

.accounts li { display: grid; grid-template-columns: 4rem minmax(0, 1fr); gap: 0.15rem 1rem; padding-block: 0.85rem; border-top: 1px solid var(--line); }
.accounts li:first-child { border-top: 0; padding-top: 0; }
.accounts li:last-child { padding-bottom: 0; }
.accounts h3 { grid-row: span 3; margin: 0; font: 600 1.05rem/1.5 var(--mono); }
.accounts p { margin: 0; }
.accounts .tags { margin-bottom: 0.2rem; }
.tags { display: flex; flex-wrap: wrap; gap: 0.3rem; }
.tag { padding: 0.05rem 0.5rem; font-size: 0.82rem; font-weight: 600; line-height: 1.5; color: var(--accent); background: var(--tint); border-radius: 0.3rem; }
.keys { font-size: 0.92rem; color: var(--quiet); }

#inbox-state { color: var(--quiet); }
.message { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.message p { margin: 0; }
.message-head { display: flex; flex-wrap: wrap; gap: 0.25rem 0.6rem; align-items: baseline; font-size: 0.92rem; }
.to { flex: 1; min-width: 0; }
@media (max-width: 30rem) { .to { order: 1; flex-basis: 100%; } }
.message-head time { margin-left: auto; color: var(--quiet); font-variant-numeric: tabular-nums; }
.message .message-head { margin-bottom: 0.25rem; }
.message .message-code { margin-block: 0.35rem; }
.message-code code { margin-left: 0.35rem; font-size: 1.7rem; font-weight: 600; line-height: 1.3; letter-spacing: 0.08em; user-select: all; }
.subject { font-weight: 600; }
.text { white-space: pre-line; }
`;
