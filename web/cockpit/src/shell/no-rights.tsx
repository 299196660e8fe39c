import { Button, Card, CardActions, CardContent, Typography } from '@mui/material';
import type { ReactElement } from 'react';
import { Title, useTranslate } from 'react-admin';
import { useSignOut } from './use-sign-out.js';

/** For who is signed in and may not administer anything. */
export function NoRights(): ReactElement {
  const translate = useTranslate();
  const signOut = useSignOut();
  return (
    <Card sx={{ marginTop: 2, maxWidth: 480 }}>
      <Title title={translate('cockpit.title')} />
      <CardContent>
        <Typography>{translate('cockpit.noRights')}</Typography>
      </CardContent>
      <CardActions>
        <Button variant="contained" href="/#/me">
          {translate('cockpit.toAccount')}
        </Button>
        <Button onClick={signOut}>{translate('cockpit.signOut')}</Button>
      </CardActions>
    </Card>
  );
}
