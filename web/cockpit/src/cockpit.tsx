import type { ReactElement } from 'react';
import { Admin, Resource } from 'react-admin';
import { authProvider } from './api/auth-provider.js';
import { dataProvider } from './api/data-provider.js';
import { Layout } from './shell/layout.js';
import { SignInRedirect } from './shell/sign-in-redirect.js';
import { dark, light } from './shell/theme.js';
import { i18nProvider } from './texts/i18n-provider.js';
import { UserCreate, UserEdit } from './users/user-form.js';
import { UserList } from './users/user-list.js';
import { UserShow } from './users/user-show.js';

/** The administration of Gatehouse, with the rights of who is signed in. */
export function Cockpit(): ReactElement {
  return (
    <Admin
      title="Gatehouse"
      authProvider={authProvider}
      dataProvider={dataProvider}
      i18nProvider={i18nProvider}
      layout={Layout}
      loginPage={SignInRedirect}
      theme={light}
      darkTheme={dark}
      requireAuth
      disableTelemetry
    >
      <Resource name="users" list={UserList} show={UserShow} edit={UserEdit} create={UserCreate} />
    </Admin>
  );
}
