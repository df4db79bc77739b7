import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

export interface Import {
  /** As written: a package, `node:fs` or a relative path. */
  readonly from: string;
  /** Gone after compilation: `import type`, `export type` or `import('...')` as a type. */
  readonly type: boolean;
}

/** One TypeScript file, as far as the rules of the house look at it. */
export interface SourceFile {
  /** From the root of the repository, with forward slashes: `src/core/errors.ts`. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly readsEnvironment: boolean;
  /** Lines that are neither blank nor comment. */
  readonly lines: number;
}

/** Every TypeScript file under a folder of the repository. */
export function readFolder(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')))
    .sort()
    .map((file) => readSource(file, readFileSync(file, 'utf8')));
}

/** Throws when the text is not TypeScript: a file that cannot be read must not count as one without imports. */
export function readSource(file: string, text: string): SourceFile {
  const { module, program, comments, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const imports: Import[] = [];
  for (const { moduleRequest, start, end } of [...module.staticImports, ...module.staticExports.flatMap(reExports)])
    imports.push({ from: moduleRequest.value, type: /^(?:import|export)\s+type\b/.test(text.slice(start, end)) });
  let readsEnvironment = imports.some(({ from }) => from === 'process' || from === 'node:process');
  new Visitor({
    ImportExpression: ({ source }) => {
      // A computed name could be anything: it is reported as the import of no known place.
      imports.push({ from: 'value' in source ? String(source.value) : '(computed)', type: false });
    },
    TSImportType: ({ source }) => void imports.push({ from: source.value, type: true }),
    MemberExpression: ({ object, property }) => {
      const named = 'name' in property ? property.name : 'value' in property ? property.value : '';
      if (object.type === 'Identifier' && object.name === 'process' && named === 'env') readsEnvironment = true;
    },
    VariableDeclarator: ({ id, init }) => {
      if (init?.type !== 'Identifier' || init.name !== 'process' || id.type !== 'ObjectPattern') return;
      if (
        id.properties.some((each) => each.type === 'RestElement' || text.slice(each.key.start, each.key.end) === 'env')
      )
        readsEnvironment = true;
    },
  }).visit(program);
  let code = text;
  for (const { start, end } of comments)
    code = code.slice(0, start) + code.slice(start, end).replaceAll(/[^\n]/g, ' ') + code.slice(end);
  const lines = code.split('\n').filter((line) => line.trim() !== '').length;
  return { path: file, imports, readsEnvironment, lines };
}

type Exports = ReturnType<typeof parseSync>['module']['staticExports'][number];

function reExports({ start, end, entries }: Exports) {
  const [from] = entries.flatMap(({ moduleRequest }) => moduleRequest ?? []);
  return from === undefined ? [] : [{ moduleRequest: from, start, end }];
}
