import type { ReactElement } from 'react';
import { DataTable, List, SearchInput, SelectField, SelectInput } from 'react-admin';
import { Moment } from '../shell/moment.js';
import { Rows } from '../shell/rows.js';
import { Pagination } from '../shell/pagination.js';
import { CLIENT_STATE_CHOICES } from './choices.js';

const filters = [
  <SearchInput key="q" source="q" alwaysOn />,
  <SelectInput key="state" source="state" choices={CLIENT_STATE_CHOICES} alwaysOn />,
];

/** The applications that may ask for tokens, by their ids. */
export function ClientList(): ReactElement {
  return (
    <List filters={filters} exporter={false} perPage={25} pagination={<Pagination />}>
      <Rows>
        <DataTable bulkActionButtons={false} rowClick="show">
          <DataTable.Col source="id" disableSort />
          <DataTable.Col source="state" disableSort>
            <SelectField source="state" choices={CLIENT_STATE_CHOICES} />
          </DataTable.Col>
          <DataTable.Col source="grants" disableSort />
          <DataTable.Col source="scopes" disableSort />
          <DataTable.Col source="createdAt" disableSort>
            <Moment source="createdAt" />
          </DataTable.Col>
        </DataTable>
      </Rows>
    </List>
  );
}
