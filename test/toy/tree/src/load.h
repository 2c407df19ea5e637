/* Loads a whole file. */
#define LOAD_CHUNK 512

#define LOAD_FILE(path, fd, size) \
	do \
	  { \
	    (fd) = open (path, \
			 O_RDONLY);  /* open for reading */ \
	    (size) = (fd) < 0 ? -1 : file_size (fd); \
	  } \
	while (0)

#define CLOSE_FILE(fd) close (fd)
