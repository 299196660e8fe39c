import { ListItemIcon, ListItemText, MenuItem } from '@mui/material';
import AccountCircle from '@mui/icons-material/AccountCircle';
import PowerSettingsNew from '@mui/icons-material/PowerSettingsNew';
import type { ReactElement } from 'react';
import { AppBar as AdminAppBar, UserMenu, useGetIdentity, useTranslate, useUserMenu } from 'react-admin';
import { useSignOut } from './use-sign-out.js';

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
      <SignOut />
    </UserMenu>
  );
}

function SignOut(): ReactElement {
  const translate = useTranslate();
  const menu = useUserMenu();
  const signOut = useSignOut();
  const leave = (): void => {
    menu?.onClose();
    signOut();
  };
  return (
    <MenuItem onClick={leave}>
      <ListItemIcon>
        <PowerSettingsNew fontSize="small" />
      </ListItemIcon>
      <ListItemText>{translate('cockpit.signOut')}</ListItemText>
    </MenuItem>
  );
}
