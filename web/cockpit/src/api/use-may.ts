import { usePermissions } from 'react-admin';
import type { Me } from './me.js';

/** Tells whether an operation, as `/v1/me/rights` names it, is open to who is signed in. */
export function useMay(): (operation: string) => boolean {
  const { permissions: me } = usePermissions<Me>();
  return (operation) => me?.operations.has(operation) ?? false;
}
