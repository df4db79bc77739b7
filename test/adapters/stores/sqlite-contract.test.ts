import { storeSuite } from '../../contracts/store.ts';
import { atRestRules } from '../../contracts/store/at-rest.ts';
import { signInsAtRestRules } from '../../contracts/store/sign-ins-at-rest.ts';
import { temporaryStore } from './temporary-store.ts';

storeSuite('sqlite', temporaryStore, (opened) => {
  atRestRules(opened);
  signInsAtRestRules(opened);
});
