/** What nodemailer and the file system tell about a failed attempt. */
interface TransportFault {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly timeoutType?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
  readonly syscall?: unknown;
}

const TIMEOUTS_BEFORE_ANY_MAIL = ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'];
const TLS_FAULT = /CERT|TLS|SIGNATURE/;
const TELLING = /^[\w .-]{1,40}$/;

/**
 * The codes of a failed attempt, such as `EENVELOPE 550 RCPT TO`. Never the server's sentence: one
 * that refuses a mail may quote it, and with it a one-time link.
 */
export function describeFault(error: unknown): string {
  const fault = (error ?? {}) as TransportFault;
  const parts = [fault.originalCode ?? fault.code, fault.timeoutType, fault.responseCode, fault.command]
    .map((part) => (typeof part === 'string' || typeof part === 'number' ? String(part) : ''))
    .filter((part) => TELLING.test(part));
  if (parts.length > 0) return parts.join(' ');
  return error instanceof Error && TELLING.test(error.name) ? error.name : 'unknown';
}

/** True when the attempt failed before the server had heard of this mail, so that any other would fail too. */
export function isUnreachable(error: unknown): boolean {
  const fault = (error ?? {}) as TransportFault;
  return (
    fault.code === 'EDNS' ||
    fault.code === 'EAUTH' ||
    fault.syscall === 'connect' ||
    TLS_FAULT.test(String(fault.originalCode ?? fault.code)) ||
    TIMEOUTS_BEFORE_ANY_MAIL.includes(String(fault.timeoutType))
  );
}
