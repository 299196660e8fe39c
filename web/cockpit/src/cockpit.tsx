import type { ReactElement } from 'react';
import { Admin, CustomRoutes, Resource, type I18nProvider } from 'react-admin';
import { Route } from 'react-router-dom';
import { authProvider } from './api/auth-provider.js';
import { nameOf } from './api/me.js';
import { dataProvider } from './api/data-provider.js';
import { queryClient } from './api/query-client.js';
import { AuditList } from './audit/audit-list.js';
import { ClientCreate, ClientEdit } from './clients/client-form.js';
import { ClientList } from './clients/client-list.js';
import { ClientShow } from './clients/client-show.js';
import { Dashboard } from './dashboard/dashboard.js';
import { KeyCreate } from './keys/key-create.js';
import { KeyList } from './keys/key-list.js';
import { MailPage } from './mailbox/mail-page.js';
import { MailboxPage } from './mailbox/mailbox-page.js';
import { OutboxList } from './outbox/outbox-list.js';
import { PolicyPage } from './policy/policy-page.js';
import { RoleCreate, RoleEdit, RoleShow } from './roles/role-form.js';
import { RoleList } from './roles/role-list.js';
import { Layout } from './shell/layout.js';
import { routerProvider } from './shell/router.js';
import { SignInRedirect } from './shell/sign-in-redirect.js';
import { cockpitStore } from './shell/store.js';
import { dark, light } from './shell/theme.js';
import { UserCreate } from './users/user-create.js';
import { UserEdit } from './users/user-edit.js';
import { UserList } from './users/user-list.js';
import { UserShow } from './users/user-show.js';

const store = cockpitStore();

/** The administration of Gatehouse, with the rights of who is signed in. */
export function Cockpit({ i18nProvider }: { readonly i18nProvider: I18nProvider }): ReactElement {
  return (
    <Admin
      title="Gatehouse"
      authProvider={authProvider}
      dataProvider={dataProvider}
      i18nProvider={i18nProvider}
      routerProvider={routerProvider}
      store={store}
      dashboard={Dashboard}
      layout={Layout}
      loginPage={SignInRedirect}
      theme={light}
      darkTheme={dark}
      queryClient={queryClient}
      requireAuth
      disableTelemetry
    >
      <Resource
        name="users"
        list={UserList}
        show={UserShow}
        edit={UserEdit}
        create={UserCreate}
        recordRepresentation={nameOf}
      />
      <Resource
        name="roles"
        recordRepresentation="name"
        list={RoleList}
        show={RoleShow}
        edit={RoleEdit}
        create={RoleCreate}
      />
      <Resource name="api-keys" list={KeyList} create={KeyCreate} />
      <Resource
        name="clients"
        recordRepresentation="id"
        list={ClientList}
        show={ClientShow}
        edit={ClientEdit}
        create={ClientCreate}
      />
      <Resource name="outbox" list={OutboxList} />
      <Resource name="audit" list={AuditList} />
      <CustomRoutes>
        <Route path="/password-policy" element={<PolicyPage />} />
        <Route path="/mailbox" element={<MailboxPage />} />
        <Route path="/mailbox/:name" element={<MailPage />} />
      </CustomRoutes>
    </Admin>
  );
}
