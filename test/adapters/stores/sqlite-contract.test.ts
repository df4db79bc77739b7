import { storeSuite } from '../../contracts/store.ts';
import { temporaryStore } from './temporary-store.ts';

storeSuite('sqlite', temporaryStore);
