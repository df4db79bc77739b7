import fc from 'fast-check';

// The gate says the same of the same commit; new inputs are looked for wherever else the suite runs.
if (process.env['CI'] === 'true') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_250_119 });
