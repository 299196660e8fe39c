import { ListItemIcon, ListItemText, MenuItem } from '@mui/material';
import AccountCircle from '@mui/icons-material/AccountCircle';
import type { ReactElement } from 'react';
import { AppBar as AdminAppBar, Logout, UserMenu, useGetIdentity, useTranslate } from 'react-admin';

/** The bar at the top: language, colours, and who is signed in. */
export function AppBar(): ReactElement {
  return <AdminAppBar userMenu={<Own />} />;
}

function Own(): ReactElement {
  const translate = useTranslate();
  const { identity } = useGetIdentity();
  return (
    <UserMenu label={identity?.fullName}>
      <MenuItem component="a" href="/#/me">
        <ListItemIcon>
          <AccountCircle fontSize="small" />
        </ListItemIcon>
        <ListItemText>{translate('cockpit.toAccount')}</ListItemText>
      </MenuItem>
      <Logout />
    </UserMenu>
  );
}
