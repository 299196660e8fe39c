import Apps from '@mui/icons-material/Apps';
import Badge from '@mui/icons-material/Badge';
import History from '@mui/icons-material/History';
import Inbox from '@mui/icons-material/Inbox';
import MailOutlined from '@mui/icons-material/MailOutlined';
import Password from '@mui/icons-material/Password';
import People from '@mui/icons-material/People';
import VpnKey from '@mui/icons-material/VpnKey';
import type { ReactElement } from 'react';
import { Menu as AdminMenu } from 'react-admin';
import { useMay } from '../api/use-may.js';
import { operationOf, type ResourceName } from '../api/resources.js';

const ENTRIES: readonly { readonly name: ResourceName; readonly icon: ReactElement }[] = [
  { name: 'users', icon: <People /> },
  { name: 'roles', icon: <Badge /> },
  { name: 'api-keys', icon: <VpnKey /> },
  { name: 'clients', icon: <Apps /> },
  { name: 'outbox', icon: <MailOutlined /> },
  { name: 'audit', icon: <History /> },
];

/** The ways to what the signed-in administrator may look at. */
export function Menu(): ReactElement {
  const may = useMay();
  return (
    <AdminMenu>
      {may('GET /v1/figures') && <AdminMenu.DashboardItem />}
      {ENTRIES.filter(({ name }) => may(operationOf(name, 'list'))).map(({ name, icon }) => (
        <AdminMenu.Item key={name} to={`/${name}`} primaryText={`menu.${name}`} leftIcon={icon} />
      ))}
      {may('GET /v1/mailbox') && (
        <AdminMenu.Item to="/mailbox" primaryText="mailbox.title" leftIcon={<Inbox />} />
      )}
      <AdminMenu.Item to="/password-policy" primaryText="policy.title" leftIcon={<Password />} />
    </AdminMenu>
  );
}
