import { useLogout, useNotify } from 'react-admin';

/** Signs out and leads to the sign-in; where that did not work, tells so and stays. */
export function useSignOut(): () => void {
  const logout = useLogout();
  const notify = useNotify();
  return () => {
    logout({}, undefined, false).catch(() => notify('cockpit.notSignedOut', { type: 'error' }));
  };
}
