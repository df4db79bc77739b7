/**
 * The style of all pages: nothing from elsewhere; light and dark; 320 px and wider. A theme changes the custom properties
 * whose names begin with `--dialproof-`.
 */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --dialproof-paper: #f3f5f7; --dialproof-sheet: #ffffff; --dialproof-ink: #16202b; --dialproof-quiet: #536170;
  --dialproof-line: #dce1e7; --dialproof-edge: #75818d; --dialproof-accent: #0b5f66; --dialproof-on-accent: #ffffff;
  --dialproof-accent-tint: #e6f2f2; --dialproof-trouble: #9b2317; --dialproof-trouble-tint: #fdf0ee;
  --dialproof-radius: 0.75rem; --dialproof-shadow: 0 1px 2px rgb(22 32 43 / 6%), 0 8px 28px rgb(22 32 43 / 7%);
  --dialproof-font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif;
  --dialproof-digits: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --dialproof-paper: #10161c; --dialproof-sheet: #182028; --dialproof-ink: #e6ebf0; --dialproof-quiet: #a3b0bd;
    --dialproof-line: #2b3641; --dialproof-edge: #7c8a97; --dialproof-accent: #6fd0d2; --dialproof-on-accent: #08282b;
    --dialproof-accent-tint: #17353a; --dialproof-trouble: #ffaca2; --dialproof-trouble-tint: #3a1f1d;
    --dialproof-shadow: none;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; padding: clamp(0.75rem, min(9vh, 8vw), 7rem) clamp(0.75rem, 4vw, 2rem) 2rem;
  color: var(--dialproof-ink); background: var(--dialproof-paper);
  font: 1.0625rem/1.5 var(--dialproof-font); overflow-wrap: anywhere;
}
main {
  max-width: 27rem; margin-inline: auto; padding: clamp(1.25rem, 6vw, 2.25rem);
  background: var(--dialproof-sheet); border: 1px solid var(--dialproof-line); border-radius: var(--dialproof-radius);
  box-shadow: var(--dialproof-shadow);
}
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
p { margin: 0; text-wrap: pretty; }
.brand { margin-bottom: 1.25rem; font-weight: 650; }
.mark { display: block; width: 2.75rem; height: 2.75rem; margin-bottom: 1.1rem; padding: 0.65rem; color: var(--dialproof-accent); background: var(--dialproof-accent-tint); border-radius: 50%; }
.mark.trouble { color: var(--dialproof-trouble); background: var(--dialproof-trouble-tint); }
.words { display: grid; gap: 0.75rem; margin-top: 0.75rem; }
.words:has(> .trouble:first-child) { margin-top: 1.1rem; }
.words .trouble { padding: 0.7rem 0.9rem; color: var(--dialproof-trouble); background: var(--dialproof-trouble-tint); border-radius: calc(var(--dialproof-radius) * 0.67); border-inline-start: 4px solid; }
form { display: grid; gap: 1.25rem; margin-top: 1.5rem; }

.field { display: grid; grid-template-columns: 1fr auto; gap: 0.5rem 1rem; align-items: baseline; }
.field label { font-weight: 600; }
.hint { font-size: 0.9375rem; color: var(--dialproof-quiet); }
.field input {
  grid-column: 1 / -1; width: 100%; min-height: 3.25rem; padding: 0.4rem 0.85rem; color: inherit;
  background: var(--dialproof-sheet); border: 1px solid var(--dialproof-edge);
  border-radius: calc(var(--dialproof-radius) * 0.67); font: 1.5rem/1.3 var(--dialproof-digits); letter-spacing: 0.2em;
}
.field input[aria-invalid='true'] { border: 2px solid var(--dialproof-trouble); }
.remember { display: grid; grid-template-columns: auto 1fr; column-gap: 0.75rem; align-items: center; }
.remember label { display: flex; align-items: center; min-height: 2.75rem; font-weight: 600; }
.remember input { width: 1.375rem; height: 1.375rem; margin: 0; accent-color: var(--dialproof-accent); }
.remember .hint { grid-column: 2; margin-top: -0.35rem; }

.buttons { display: grid; gap: 0.75rem; }
button, .button {
  display: flex; align-items: center; justify-content: center; width: 100%; min-height: 3rem; padding: 0.6rem 1rem;
  color: var(--dialproof-accent); background: none; border: 1px solid var(--dialproof-edge);
  border-radius: calc(var(--dialproof-radius) * 0.67); font: inherit; font-weight: 600; text-decoration: none;
  cursor: pointer; transition: background-color 120ms;
}
button:hover, .button:hover { background: var(--dialproof-accent-tint); }
.primary { color: var(--dialproof-on-accent); background: var(--dialproof-accent); border-color: transparent; }
.primary:hover { color: var(--dialproof-on-accent); background: color-mix(in srgb, var(--dialproof-accent) 88%, var(--dialproof-ink)); }
.choice { justify-content: space-between; gap: 1rem; color: var(--dialproof-ink); text-align: start; }
.choice::after { content: ''; flex: none; width: 0.5rem; height: 0.5rem; border: solid var(--dialproof-accent); border-width: 2px 2px 0 0; transform: rotate(45deg); }
[dir='rtl'] .choice::after { transform: rotate(-135deg); }
.other { border-color: transparent; }
.other:last-child { margin-bottom: -0.9rem; }
.away { margin-top: 1.5rem; }
:focus-visible { outline: 3px solid var(--dialproof-accent); outline-offset: 2px; }

.waiting circle { opacity: 0.25; }
.waiting path { transform-origin: center; animation: turn 1s linear infinite; }
@keyframes turn { to { transform: rotate(360deg); } }
@media (prefers-reduced-motion: reduce) {
  .waiting path { animation: none; }
  button, .button { transition: none; }
}
@media (forced-colors: active) { .primary { border-color: ButtonText; } }
@media print { main { border: 0; box-shadow: none; } }
`;
