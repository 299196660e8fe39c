import { Typography } from '@mui/material';
import type { ReactElement } from 'react';
import { useGetList, useTranslate } from 'react-admin';

/** Whether an administrator is external: he has a permanent token that counts (document 003). */
export function External({ userId }: { readonly userId: string }): ReactElement {
  const translate = useTranslate();
  const { data } = useGetList('api-keys', {
    pagination: { page: 1, perPage: 1 },
    filter: { ownerId: userId },
  });
  if (!data) return <></>;
  return (
    <Typography component="span" variant="body2">
      {translate(data.length > 0 ? 'ra.boolean.true' : 'ra.boolean.false')}
    </Typography>
  );
}
