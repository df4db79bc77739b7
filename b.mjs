import { makeSimulator } from '/work/main/dist/cli/test/make-simulator.js';
import { readSources } from '/work/main/dist/cli/library-files.js';
import { loadScenarios } from '/work/main/dist/core/scenario/load-scenarios.js';
import { playScenario, scenariosToPlay } from '/work/main/dist/simulator/play-scenario.js';
import { readFileSync } from 'node:fs';
const sources = await readSources({ callflows: 'callflows', prompts: 'prompts' });
const sim = makeSimulator(sources, {});
const file='test/calls/two-factor.yaml'; const l = loadScenarios({ file, text: readFileSync(file,'utf8') });
const p = scenariosToPlay(file, l.scenarios)[0];
const N=+process.argv[2]||1500;
for (let r=0;r<(+process.argv[3]||5);r++){ const c=process.cpuUsage(), t=performance.now(); for (let i=0;i<N;i++) { const x = await playScenario(p, (s) => sim.open(s)); if (x.outcome!=='passed') throw x; } const u=process.cpuUsage(c); console.log('wall',(N/(performance.now()-t)*1000).toFixed(0),'cpu', (N/(u.user+u.system)*1e6).toFixed(0)); }
