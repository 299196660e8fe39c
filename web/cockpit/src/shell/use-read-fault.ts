import { HttpError, useNotify, useRedirect, useResourceContext } from 'react-admin';

/** Tells why a record could not be read; of one that is gone it leads to the list, else the page stays. */
export function useReadFault(): (error: Error) => void {
  const notify = useNotify();
  const redirect = useRedirect();
  const resource = useResourceContext();
  return (error) => {
    notify(error.message, { type: 'error' });
    if (error instanceof HttpError && error.status === 404) redirect('list', resource);
  };
}
