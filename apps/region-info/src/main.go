// region-info tells which cluster and region serves a request.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Location is what the server tells, as JSON.
type Location struct {
	Cluster string `json:"cluster"`
	Region  string `json:"region"`
}

func main() {
	location := Location{Cluster: os.Getenv("CLUSTER"), Region: os.Getenv("REGION")}
	if location.Cluster == "" || location.Region == "" {
		log.Fatal("CLUSTER and REGION must be set")
	}
	server := &http.Server{Addr: ":8080", Handler: handler(location), ReadHeaderTimeout: 5 * time.Second}

	stop, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	stopped := make(chan error, 1)
	go func() {
		<-stop.Done()
		grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		stopped <- server.Shutdown(grace)
	}()

	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	// ListenAndServe returns when the shutdown begins: requests are still being answered.
	if err := <-stopped; err != nil {
		log.Fatal(err)
	}
}

// handler answers / with the location, and /healthz to the kubelet.
func handler(location Location) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(location); err != nil {
			log.Print(err)
		}
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}
