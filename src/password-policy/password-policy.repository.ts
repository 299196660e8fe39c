import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';
import type { PolicyValues } from './policy-in-force.js';

/** The edited policy; null is the environment's. */
@Injectable()
export class PasswordPolicyRepository {
  async find(db: Db): Promise<PolicyValues | null> {
    const [row] = await db.query<{ rules: string | null }>(
      sql`SELECT rules FROM password_policy WHERE id = 1`,
    );
    return parsed(row?.rules);
  }

  /** The same, with every other writer waiting until this unit of work has ended. */
  async findForUpdate(tx: Tx, now: number): Promise<PolicyValues | null> {
    const [row] = await tx.query<{ rules: string | null }>(
      sql`UPDATE password_policy SET updated_at = ${now} WHERE id = 1 RETURNING rules`,
    );
    return parsed(row?.rules);
  }

  async save(tx: Tx, values: PolicyValues | null): Promise<void> {
    const rules = values && JSON.stringify(values);
    await tx.execute(sql`UPDATE password_policy SET rules = ${rules} WHERE id = 1`);
  }
}

function parsed(rules: string | null | undefined): PolicyValues | null {
  return rules ? (JSON.parse(rules) as PolicyValues) : null;
}
