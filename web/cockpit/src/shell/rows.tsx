import { Box } from '@mui/material';
import type { ReactElement, ReactNode } from 'react';
import { useTranslate } from 'react-admin';

/** A table that is wider than a phone moves within its own frame, also by the keyboard. */
export function Rows({ children }: { readonly children: ReactNode }): ReactElement {
  const translate = useTranslate();
  return (
    <Box role="region" aria-label={translate('list.rows')} tabIndex={0} sx={{ overflowX: 'auto' }}>
      {children}
    </Box>
  );
}
