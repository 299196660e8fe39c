import { Button, Toolbar } from '@mui/material';
import type { ReactElement } from 'react';
import { useListPaginationContext, useTranslate } from 'react-admin';

/** Ways to the page before and the next one. How many there are, nobody counts. */
export function Pagination(): ReactElement {
  const translate = useTranslate();
  const { page, setPage, hasPreviousPage = false, hasNextPage = false } = useListPaginationContext();
  if (!hasPreviousPage && !hasNextPage) return <></>;
  return (
    <Toolbar component="nav" aria-label={translate('list.pages')} sx={{ justifyContent: 'flex-end', gap: 1 }}>
      <Button disabled={!hasPreviousPage} onClick={() => setPage(page - 1)}>
        {translate('ra.navigation.previous')}
      </Button>
      <span>{translate('list.page', { page })}</span>
      <Button disabled={!hasNextPage} onClick={() => setPage(page + 1)}>
        {translate('ra.navigation.next')}
      </Button>
    </Toolbar>
  );
}
