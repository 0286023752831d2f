CREATE TABLE rocpd_kernel_dispatch (id INTEGER PRIMARY KEY);
