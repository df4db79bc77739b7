import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { schemaFile, SCHEMA_NAMES, SCHEMAS, type SchemaName } from '../../src/core/json-schema/index.ts';

const require = createRequire(import.meta.url);
const SERVER = require.resolve('yaml-language-server/bin/yaml-language-server');

/** Where the cursor is, in the texts of the tests. */
const CURSOR = '▮';

/** The schema of the files in a folder of a project. */
const SCHEMA_OF: Readonly<Record<Draft['folder'], SchemaName>> = {
  callflows: 'callflow',
  'prompts/en-US': 'prompts',
  'test/calls': 'scenarios',
};

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Diagnostic {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
}

export interface Offer {
  readonly label: string;
  readonly insertText: string;
  readonly documentation?: string | { readonly value: string };
}

/** A new file in a folder of the project; `▮` is where the cursor is. */
export interface Draft {
  readonly folder: 'callflows' | 'prompts/en-US' | 'test/calls';
  readonly text: string;
}

/** How an editor learns which schema a file has: by the comment in its first line, or by its setting `yaml.schemas`. */
export type Association = 'modeline' | 'settings';

/**
 * An editor with the YAML language server, as VS Code has it: a process of its own that speaks the language server
 * protocol, a folder with real files, the published schemas in it. It asks nothing of the network.
 */
export class Editor {
  readonly folder: string;
  private readonly server: ChildProcess;
  private readonly connection: MessageConnection;
  private readonly waiting = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  private overhears: (diagnostics: readonly Diagnostic[]) => void = () => undefined;
  private readonly association: Association;
  private drafts = 0;

  private constructor(folder: string, association: Association) {
    this.folder = folder;
    this.association = association;
    const server = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.server = server;
    this.connection = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
  }

  static async open(association: Association): Promise<Editor> {
    const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-editor-'));
    await cp('schema', path.join(folder, 'schema'), { recursive: true });
    const editor = new Editor(folder, association);
    await editor.start();
    return editor;
  }

  private async start(): Promise<void> {
    const { connection, folder, association } = this;
    const yaml = {
      validate: true,
      hover: true,
      hoverSchemaSource: false,
      completion: true,
      schemaStore: { enable: false },
      kubernetesCRDStore: { enable: false },
      schemas:
        association === 'settings'
          ? Object.fromEntries(SCHEMA_NAMES.map((name) => [`schema/${schemaFile(name)}`, SCHEMAS[name].files]))
          : {},
    };
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
        this.overhears(diagnostics);
        this.waiting.get(uri)?.(diagnostics);
      },
    );
    connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
      items.map(({ section }) => (section === 'yaml' ? yaml : {})),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.listen();
    const rootUri = pathToFileURL(folder).href;
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'project' }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
          hover: { contentFormat: ['markdown'] },
        },
      },
    });
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    // The server asks for its settings in its own time; it has them once it finds a mistake, and looks again until then.
    const awake = new Promise<void>((resolve) => {
      this.overhears = ({ length }) => {
        if (length > 0) resolve();
      };
    });
    await this.show({ folder: 'callflows', text: 'not-a-key: 1\n' });
    await awake;
  }

  /** What is underlined and what is said about it, from top to bottom: `next · Property next is not allowed.` */
  async underlines(draft: Draft): Promise<readonly string[]> {
    const { text, ...shown } = await this.show(draft);
    const diagnostics = await shown.diagnostics;
    const offset = ({ line, character }: Position): number =>
      text.split('\n', line).reduce((sum, each) => sum + each.length + 1, character);
    return diagnostics
      .map(({ range, message }) => ({ from: offset(range.start), to: offset(range.end), message }))
      .toSorted((a, b) => a.from - b.from || (a.message < b.message ? -1 : 1))
      .map(({ from, to, message }) => `${text.slice(from, to)} · ${message}`);
  }

  /** What is offered at the cursor. */
  async offers(draft: Draft): Promise<readonly Offer[]> {
    const { textDocument, position } = await this.show(draft);
    const found = await this.connection.sendRequest<{ items: Offer[] }>('textDocument/completion', {
      textDocument,
      position,
    });
    return found.items;
  }

  /** What is shown when the mouse rests at the cursor. */
  async tells(draft: Draft): Promise<string> {
    const { textDocument, position } = await this.show(draft);
    const found = await this.connection.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', {
      textDocument,
      position,
    });
    return found?.contents.value ?? '';
  }

  async close(): Promise<void> {
    this.connection.dispose();
    const gone = once(this.server, 'exit');
    this.server.kill();
    await gone;
    await rm(this.folder, { recursive: true });
  }

  /** Writes the draft to a file of its own and opens it; what the server finds in it comes a little later. */
  private async show(draft: Draft) {
    const folder = path.join(this.folder, draft.folder);
    const schema = path.posix.join(
      path.posix.relative(draft.folder, '.'),
      'schema',
      schemaFile(SCHEMA_OF[draft.folder]),
    );
    const modeline = `# yaml-language-server: $schema=${schema}\n`;
    const written = this.association === 'modeline' ? modeline + draft.text : draft.text;
    const text = written.replace(CURSOR, '');
    const before = written.split(CURSOR)[0]?.split('\n') ?? [];
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `draft-${++this.drafts}.yaml`);
    await writeFile(file, text);
    const uri = pathToFileURL(file).href;
    const found = new Promise<readonly Diagnostic[]>((resolve) => this.waiting.set(uri, resolve));
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    return {
      text,
      diagnostics: found,
      textDocument: { uri },
      position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
    };
  }
}
