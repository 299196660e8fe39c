import { usePermissions } from 'react-admin';
import type { Me } from './me.js';

/** Who is signed in, as soon as that is known. */
export function useMe(): Me | undefined {
  return usePermissions<Me>().permissions;
}
