import { useEffect, type ReactElement, type ReactNode } from 'react';
import { Layout as AdminLayout, useLocaleState, usePermissions } from 'react-admin';
import type { Me } from '../api/me.js';
import { useMay } from '../api/use-may.js';
import { ConfirmDialog } from '../confirm/confirm-dialog.js';
import { AppBar } from './app-bar.js';
import { Menu } from './menu.js';
import { NoRights } from './no-rights.js';

/** Every page of the cockpit, with the dialog that some of its actions call for. */
export function Layout({ children }: { readonly children: ReactNode }): ReactElement {
  const may = useMay();
  const { permissions: me } = usePermissions<Me>();
  const [locale] = useLocaleState();
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  // Everybody has an account and tokens of his own; the cockpit is for who may look after others.
  const isShut = me !== undefined && !may('GET /v1/users');
  return (
    <AdminLayout appBar={AppBar} menu={isShut ? Nothing : Menu}>
      {isShut ? <NoRights /> : children}
      <ConfirmDialog />
    </AdminLayout>
  );
}

const Nothing = (): ReactElement => <></>;
