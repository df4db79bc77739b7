/** Filters the list, and opens what a link leads to. Without it everything can be read. Holds neither `<` nor `&`. */
export const PAGE_SCRIPT = `
'use strict';
const filter = document.getElementById('filter');
const failed = document.getElementById('failed');
const search = document.getElementById('search');
const found = document.getElementById('found');
const rows = [...document.querySelectorAll('.list li')];
const all = [...rows, ...document.querySelectorAll('details.scenario')];
function apply() {
  const words = search.value.trim().toLowerCase();
  for (const each of all) {
    const wanted = failed.checked ? each.dataset.outcome === 'failed' : true;
    each.hidden = wanted ? !each.dataset.words.includes(words) : true;
  }
  const count = rows.filter((row) => !row.hidden).length;
  found.textContent = count === rows.length ? '' : count + ' of ' + rows.length;
}
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView();
  }
}
filter.hidden = false;
filter.addEventListener('submit', (event) => event.preventDefault());
filter.addEventListener('input', apply);
window.addEventListener('hashchange', openTarget);
openTarget();
`;
