select version from directory_version
