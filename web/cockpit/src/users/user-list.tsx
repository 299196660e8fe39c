import type { ReactElement } from 'react';
import { DataTable, List, SearchInput, SelectField, SelectInput } from 'react-admin';
import { Moment } from '../shell/moment.js';
import { Rows } from '../shell/rows.js';
import { Pagination } from '../shell/pagination.js';
import { LEVEL_CHOICES, STATE_CHOICES, TYPE_CHOICES } from './choices.js';

const filters = [
  <SearchInput key="q" source="q" alwaysOn />,
  <SelectInput key="type" source="type" choices={TYPE_CHOICES} alwaysOn />,
  <SelectInput key="level" source="level" choices={LEVEL_CHOICES} alwaysOn />,
  <SelectInput key="state" source="state" choices={STATE_CHOICES} alwaysOn />,
];

/** Users, in order of creation or of what is searched for. */
export function UserList(): ReactElement {
  return (
    <List filters={filters} exporter={false} perPage={25} pagination={<Pagination />}>
      <Rows>
        <DataTable bulkActionButtons={false} rowClick="show">
          <DataTable.Col source="email" disableSort />
          <DataTable.Col source="username" disableSort />
          <DataTable.Col source="firstName" disableSort />
          <DataTable.Col source="lastName" disableSort />
          <DataTable.Col source="type" disableSort>
            <SelectField source="type" choices={TYPE_CHOICES} />
          </DataTable.Col>
          <DataTable.Col source="level" disableSort>
            <SelectField source="level" choices={LEVEL_CHOICES} />
          </DataTable.Col>
          <DataTable.Col source="state" disableSort>
            <SelectField source="state" choices={STATE_CHOICES} />
          </DataTable.Col>
          <DataTable.Col source="createdAt" disableSort>
            <Moment source="createdAt" />
          </DataTable.Col>
        </DataTable>
      </Rows>
    </List>
  );
}
