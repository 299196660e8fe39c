import type { ReactElement, ReactNode } from 'react';
import { Layout as AdminLayout } from 'react-admin';
import { ConfirmDialog } from '../confirm/confirm-dialog.js';
import { AppBar } from './app-bar.js';
import { Menu } from './menu.js';

/** Every page of the cockpit, with the dialog that some of its actions call for. */
export function Layout({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <AdminLayout appBar={AppBar} menu={Menu}>
      {children}
      <ConfirmDialog />
    </AdminLayout>
  );
}
