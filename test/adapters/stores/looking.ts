import type { AuditLine, Damage, OpenedAtRest } from '../../contracts/store/caller.ts';

/** What no contract shows of a store, from its tables. */
export function looking(sql: OpenedAtRest['sql']): Pick<OpenedAtRest, 'audit' | 'closedWhy' | 'states' | 'damage'> {
  return {
    async audit() {
      const columns = 'call_id AS call, happened_at AS at, kind, account_hash AS account, method, masked, detail';
      return (await sql(`SELECT ${columns} FROM audit ORDER BY id`)) as unknown as readonly AuditLine[];
    },
    async closedWhy() {
      const rows = await sql('SELECT closed_why FROM challenges ORDER BY ordinal');
      return rows.map((row) => row['closed_why'] as string | null);
    },
    states: async () => (await sql('SELECT id FROM calls WHERE state IS NOT NULL')).length,
    async damage(damage) {
      for (const statement of damaging(damage)) await sql(statement);
    },
  };
}

function damaging({ attempts, standing, sends, used, ...damage }: Damage): readonly string[] {
  const { failures, lastFailureAt } = standing ?? {};
  const counts: readonly (readonly [column: string, count: number | undefined])[] = [
    ['challenges SET attempts', attempts],
    ['accounts SET failures', failures],
    ['accounts SET last_failure_at', lastFailureAt],
    ['calls SET sends', sends],
    ['authenticators SET last_step', damage.lastStep],
    ['devices SET remembered_at', damage.rememberedAt],
    ['device_tokens SET replaced_at', damage.replacedAt],
    ['devices SET expires_at', damage.expiresAt],
    ['sign_ins SET expires_at', damage.expiresAt],
    ['sign_ins SET ticket_expires_at', damage.expiresAt],
  ];
  const all = counts.flatMap(([column, count]) => (count === undefined ? [] : [`UPDATE ${column} = ${count}`]));
  const oldest = '(SELECT MIN(bucket) FROM budgets)';
  return used === undefined ? all : [...all, `UPDATE budgets SET used = ${used} WHERE bucket = ${oldest}`];
}
