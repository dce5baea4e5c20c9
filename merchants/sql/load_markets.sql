select id, name, ward, province from market order by name, id
