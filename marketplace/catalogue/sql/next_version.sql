update catalogue_version set version = version + 1 returning version
