import { DAY, MINUTE } from '../common/clock.js';
import { sql, type Sql } from '../database/sql.js';

/** Attempts are forgotten a day after the last one, and with a right code. */
const MEMORY = DAY;

/** How long a factor is closed after the so-manieth attempt without a right code, and after each further one. */
const FIRST_LOCK = 5;
const LOCKS = [1 * MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE] as const;

/** The assignments that count one more attempt in a row of `table`, which has `attempts`, `attempted_at` and `locked_until`. */
export function countedAttempt(table: Sql, now: number): Sql {
  const count = sql`(CASE WHEN ${table}.attempted_at > ${now - MEMORY} THEN ${table}.attempts ELSE 0 END + 1)`;
  return sql`attempts = ${count}, attempted_at = ${now}, locked_until = ${lockAfter(count, now)}`;
}

function lockAfter(count: Sql, now: number): Sql {
  const [first, second, third, longest] = LOCKS;
  const until = (length: number) => sql`CAST(${now + length} AS bigint)`;
  return sql`CASE WHEN ${count} < ${FIRST_LOCK} THEN 0 WHEN ${count} = ${FIRST_LOCK} THEN ${until(first)}
    WHEN ${count} = ${FIRST_LOCK + 1} THEN ${until(second)} WHEN ${count} = ${FIRST_LOCK + 2} THEN ${until(third)}
    ELSE ${until(longest)} END`;
}
