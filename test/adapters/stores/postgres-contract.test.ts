import { afterAll } from 'vitest';
import { storeSuite } from '../../contracts/store.ts';
import { atRestRules } from '../../contracts/store/at-rest.ts';
import { signInsAtRestRules } from '../../contracts/store/sign-ins-at-rest.ts';
import { closeStores, postgresStore } from './postgres-store.ts';

afterAll(closeStores);

storeSuite('PostgreSQL', postgresStore, (opened) => {
  atRestRules(opened);
  signInsAtRestRules(opened);
});
