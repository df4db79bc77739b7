import { readFile } from 'node:fs/promises';
import { pageHeaders, pageHtml, PAGE_STYLES } from '../../adapters/channels/web/page-html.ts';
import { readPage, webLinks, writePage } from '../../adapters/channels/web/page-document.ts';
import { Engine } from '../../app/engine.ts';
import type { Parts } from '../../app/parts.ts';
import { SignIns, type SignInCallflow } from '../../app/sign-in/sign-ins.ts';
import type { LoadedLibrary } from '../../core/callflow/library.ts';
import type { SignInOptions } from '../../server/sign-in/sign-in-routes.ts';
import { invalid, type Environment } from '../environment.ts';
