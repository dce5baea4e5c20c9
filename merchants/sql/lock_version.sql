select version from directory_version for update
