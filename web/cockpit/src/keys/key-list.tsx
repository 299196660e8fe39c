import type { ReactElement } from 'react';
import { DataTable, List, ReferenceField, SelectField, TextField } from 'react-admin';
import { Moment } from '../shell/moment.js';
import { Rows } from '../shell/rows.js';
import { useMay } from '../api/use-may.js';
import { Pagination } from '../shell/pagination.js';
import { LEVEL_CHOICES } from '../users/choices.js';
import { KeyActions } from './key-actions.js';

/** Permanent keys: everybody's for who may see users, else one's own. */
export function KeyList(): ReactElement {
  const may = useMay();
  const filter = may('POST /v1/users') ? { ownerId: 'all' } : {};
  return (
    <List filter={filter} exporter={false} perPage={25} pagination={<Pagination />}>
      <KeyTable />
    </List>
  );
}

/** The keys of the list around it. */
export function KeyTable(): ReactElement {
  return (
    <Rows>
      <DataTable bulkActionButtons={false} rowClick={false}>
        <DataTable.Col source="name" disableSort />
        <DataTable.Col source="hint" disableSort />
        <DataTable.Col source="ownerId" disableSort>
          <ReferenceField source="ownerId" reference="users" link="show" emptyText="–">
            <TextField source="email" />
          </ReferenceField>
        </DataTable.Col>
        <DataTable.Col source="level" disableSort>
          <SelectField source="level" choices={LEVEL_CHOICES} />
        </DataTable.Col>
        <DataTable.Col source="createdAt" disableSort>
          <Moment source="createdAt" />
        </DataTable.Col>
        <DataTable.Col source="expiresAt" disableSort>
          <Moment source="expiresAt" />
        </DataTable.Col>
        <DataTable.Col source="lastUsedAt" disableSort>
          <Moment source="lastUsedAt" />
        </DataTable.Col>
        <DataTable.Col label="list.actions" disableSort>
          <KeyActions />
        </DataTable.Col>
      </DataTable>
    </Rows>
  );
}
