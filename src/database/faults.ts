import { Overloaded } from '../common/errors.js';

/** What both drivers, and TypeORM around them, tell about a failed statement. */
interface DriverFault {
  readonly code?: string;
  readonly message?: string;
  readonly table?: string;
  readonly driverError?: DriverFault;
}

function driverFault(error: unknown): DriverFault {
  const fault = (error ?? {}) as DriverFault;
  return fault.driverError ?? fault;
}

/** The table whose unique rule the statement broke, or null when it failed for another reason. */
export function uniqueViolation(error: unknown): string | null {
  const fault = driverFault(error);
  if (fault.code === '23505') return fault.table ?? '';
  if (fault.code === 'SQLITE_CONSTRAINT_UNIQUE' || fault.code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return /failed: (\w+)\./.exec(fault.message ?? '')?.[1] ?? '';
  }
  return null;
}

/** True when the same unit of work may succeed when it is run again: deadlock or serialisation. */
export function isTransient(error: unknown): boolean {
  const { code } = driverFault(error);
  return code === '40P01' || code === '40001';
}

/** True when another SQLite connection holds the write lock. */
export function isBusy(error: unknown): boolean {
  return driverFault(error).code?.startsWith('SQLITE_BUSY') ?? false;
}

const UNREACHABLE = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|08|57P0|57014|55P03|53)/;
const UNREACHABLE_TEXT =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered|Query read timeout/;

/** Turns a database that is away, full or out of time into Overloaded; leaves every other error as it is. */
export function asRefusal(error: unknown): unknown {
  const fault = driverFault(error);
  const isAway = UNREACHABLE.test(fault.code ?? '') || UNREACHABLE_TEXT.test(fault.message ?? '');
  return isAway || isBusy(error) ? new Overloaded(1, { cause: error }) : error;
}
