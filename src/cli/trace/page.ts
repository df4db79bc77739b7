import { createHash } from 'node:crypto';
import type { Trace } from '../../simulator/trace/trace-schema.ts';
import { Html, markup, when } from '../../core/markup.ts';
import { counted } from '../counted.ts';
import { lasting, OUTCOMES } from './in-words.ts';
import type { Kept } from './keep.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { scenarioInFull } from './scenario.ts';

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Its own script and style, and nothing from anywhere. */
const POLICY = [
  "default-src 'none'",
  `script-src ${sourceOf(PAGE_SCRIPT)}`,
  `style-src ${sourceOf(PAGE_STYLE)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** No tagged template may hold the end of a script: the bundler would have a helper for it that nobody installs. */
const SCRIPT = new Html(`<script>${PAGE_SCRIPT}</script>`);

/** Traces as one page that needs nothing else. It is well-formed XML but for its first line. */
export function tracePage({ listed, inFull, counts, notice }: Kept): string {
  const total = counts.passed + counts.failed + counts.skipped;
  const title =
    counts.failed === 0
      ? `${counted(total, 'scenario')}, none failed`
      : `${counts.failed} of ${counted(total, 'scenario')} failed`;
  const ids = new Map(inFull.map((trace, index) => [trace, `s${index + 1}`]));
  const page = markup`<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${title}</title>
<link rel="icon" href="data:,"/>
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
<header>
<p class="brand">Dialproof trace</p>
<h1>${title}</h1>
<p class="lead">${counted(counts.calls, 'call')}, ${lasting(counts.lasted)} on the telephone. Codes are shown as dots; numbers and addresses are shortened.</p>
${share(counts)}</header>
<main>
<section aria-labelledby="list">
<h2 id="list">Scenarios</h2>
<form class="filter" id="filter" hidden="hidden"><label><input type="checkbox" id="failed"/> Failed only</label><label class="search">Search <input type="search" id="search" autocomplete="off"/></label><span id="found" role="status"></span></form>
${when(notice !== '', () => markup`<p class="notice">${notice}</p>`)}<ul class="list">
${listed.map((trace) => listItem(trace, ids.get(trace)))}</ul>
</section>
<section aria-labelledby="calls">
<h2 id="calls">Calls</h2>
${inFull.length === 0 ? markup`<p>No scenario is shown in full.</p>` : ''}${inFull.map((trace) => scenarioInFull(trace, ids.get(trace) ?? ''))}</section>
</main>
${SCRIPT}
</body>
</html>
`;
  return `<!doctype html>\n${page.text}`;
}

/** How many passed and failed, as one bar; the title says the same. */
function share({ passed, failed, skipped }: Kept['counts']): Html {
  const total = Math.max(1, passed + failed + skipped);
  const percent = (count: number): string => `${(count / total) * 100}%`;
  return markup`<svg class="share" aria-hidden="true"><rect class="of-failed" width="${percent(failed)}" height="8"/><rect class="of-passed" x="${percent(failed)}" width="${percent(passed)}" height="8"/></svg>
`;
}

function listItem(trace: Trace, id: string | undefined): Html {
  const { outcome, name, file, line, calls, lasted } = trace;
  const { mark, word } = OUTCOMES[outcome];
  return markup`<li data-outcome="${outcome}" data-words="${`${name} ${file}`.toLowerCase()}"><span class="outcome ${outcome}"><span aria-hidden="true">${mark}</span> ${word}</span><span class="name">${id === undefined ? name : markup`<a href="#${id}">${name}</a>`}</span><span class="quiet place">${file}:${line}</span><span class="quiet took">${calls.length === 1 ? '' : `${calls.length} calls, `}${lasting(lasted)}</span></li>
`;
}
