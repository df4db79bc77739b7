import path from 'node:path';
import { Command } from 'commander';
import { exitCodeOf, explain } from './exit-codes.ts';

/** `dialproof init`: a project for a designer, with a line that can be called and changed at once. */
export function initCommand(): Command {
  return new Command('init')
    .description('make a new project: a line to begin with, its prompts, and all that an editor needs')
    .argument('[folder]', 'where to make it', '.')
    .action(async (folder: string) => {
      try {
        const [{ commandIn, projectFiles }, { writeProject }] = await Promise.all([
          import('./init/project-files.ts'),
          import('./init/write-project.ts'),
        ]);
        const command = await commandIn(folder);
        const made = await writeProject(folder, await projectFiles(command));
        process.stdout.write(made.map((file) => `${file}\n`).join(''));
        process.stderr.write(nextSteps(folder, command));
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

function nextSteps(folder: string, command: string): string {
  const enter = path.relative('.', folder) === '' ? [] : [`  cd ${folder}`];
  return [
    '',
    'The project is made. Start its server, which follows every change:',
    '',
    ...enter,
    `  ${command} dev`,
    '',
    'README.md says how to call it, and what is where.',
    '',
  ].join('\n');
}
