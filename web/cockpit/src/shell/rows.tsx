import { Box } from '@mui/material';
import type { ReactElement, ReactNode } from 'react';
import { useTranslate } from 'react-admin';

/** Asks for no room of its own, and takes what there is. */
const frame = { overflowX: 'auto', width: 0, minWidth: '100%' };

/** A table that is wider than its page moves within its own frame, also by the keyboard. */
export function Rows({ children }: { readonly children: ReactNode }): ReactElement {
  const translate = useTranslate();
  return (
    <Box role="region" aria-label={translate('list.rows')} tabIndex={0} sx={frame}>
      {children}
    </Box>
  );
}
