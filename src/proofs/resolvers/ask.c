/* Calls getaddrinfo as most programs do, and prints each address on a line, or "error NUMBER: TEXT". Built with either C library. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM }, *found, *each;
	char text[INET6_ADDRSTRLEN];
	int error;

	if (argc != 2) return 1;
	error = getaddrinfo(argv[1], NULL, &hints, &found);
	if (error) {
		printf("error %d: %s\n", error, gai_strerror(error));
		return 2;
	}
	for (each = found; each; each = each->ai_next) {
		const void *address = each->ai_family == AF_INET6
			? (const void *)&((struct sockaddr_in6 *)each->ai_addr)->sin6_addr
			: (const void *)&((struct sockaddr_in *)each->ai_addr)->sin_addr;
		puts(inet_ntop(each->ai_family, address, text, sizeof text));
	}
	return 0;
}
