/** Filters the list, opens what a link leads to, and has timelines fit on paper. Without it everything can be read. Holds neither `<` nor `&`. */
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
window.addEventListener('beforeprint', () => {
  for (const each of document.querySelectorAll('.time'))
    each.setAttribute('viewBox', '0 0 ' + each.getAttribute('width') + ' ' + each.getAttribute('height'));
});
window.addEventListener('afterprint', () => {
  for (const each of document.querySelectorAll('.time')) each.removeAttribute('viewBox');
});
openTarget();
`;
